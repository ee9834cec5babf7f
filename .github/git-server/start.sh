#!/bin/sh
# Serves $GIT_REPO.git, which begins with the files of /seed on the branch $GIT_BRANCH: by HTTP to $GIT_USER with $GIT_TOKEN, and by SSH to
# who has a key of $GIT_AUTHORIZED_KEYS.
set -eu

bare=/srv/git/$GIT_REPO.git
work=$(mktemp -d)
git init --quiet --bare --initial-branch "$GIT_BRANCH" "$bare"
git init --quiet --initial-branch "$GIT_BRANCH" "$work"
# The files of a ConfigMap are links.
cp --recursive --dereference /seed/* "$work"
git -C "$work" add --all
git -C "$work" -c user.name=seed -c user.email=seed@example.com commit --quiet --message 'The first files'
git -C "$work" push --quiet "$bare" "$GIT_BRANCH"
rm -rf "$work"

if [ -n "${GIT_AUTHORIZED_KEYS-}" ]; then
  mkdir /tmp/ssh
  ssh-keygen -q -t ed25519 -N '' -f /tmp/ssh/host_key
  printf '%s\n' "$GIT_AUTHORIZED_KEYS" >/tmp/ssh/authorized_keys
  /usr/sbin/sshd -e -f /dev/null -h /tmp/ssh/host_key -p 2222 -o PidFile=none -o StrictModes=no -o UsePAM=no \
    -o PasswordAuthentication=no -o AuthorizedKeysFile=/tmp/ssh/authorized_keys
fi

printf '%s:%s\n' "$GIT_USER" "$GIT_TOKEN" >/tmp/users
exec lighttpd -D -f /etc/git-server/lighttpd.conf
