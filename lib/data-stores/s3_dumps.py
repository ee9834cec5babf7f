"""Brings dumps of the database into a bucket of S3, or fetches one from there.

Arguments: `put` or `get`, the bucket, the folder in it, what the names of dumps begin with, and for `put` how many of them are kept. Variable: DUMP, the name of
the dump that is fetched, if it is not the newest. Keys are in files that have the names of arguments of boto3's client; without any, boto3 finds out by itself.
"""

import os
import re
import sys
from pathlib import Path

import boto3

DUMPS = Path("/backups")
KEYS = Path("/etc/backup-store")

action, bucket, folder, name, *kept = sys.argv[1:]
files = KEYS.glob("aws_*") if KEYS.is_dir() else []
s3 = boto3.client("s3", **{file.name: file.read_text().strip() for file in files})
is_dump = re.compile(re.escape(name) + r"-\d{8}T\d{6}Z\.dump").fullmatch


def stored():
    """The dumps that there are, the newest first, with their sizes."""
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=f"{folder}/{name}-")
    objects = {item["Key"].removeprefix(f"{folder}/"): item["Size"] for page in pages for item in page.get("Contents", [])}
    return {dump: objects[dump] for dump in sorted(filter(is_dump, objects), reverse=True)}


def listed(dumps):
    return "\n".join(f"{size:>15,} {dump}" for dump, size in dumps.items()) or "none"


def put(keep):
    dumps = sorted(file for file in DUMPS.iterdir() if is_dump(file.name))
    if not dumps:
        print("There is no dump to bring anywhere.")
        return
    for file in dumps:
        s3.upload_file(str(file), bucket, f"{folder}/{file.name}")
        size = s3.head_object(Bucket=bucket, Key=f"{folder}/{file.name}")["ContentLength"]
        if size != file.stat().st_size:
            sys.exit(f"The dump {file.name} has {file.stat().st_size} bytes, and {size} in the bucket.")
    for dump in list(stored())[keep:]:
        s3.delete_object(Bucket=bucket, Key=f"{folder}/{dump}")
    print(f"The dump {dumps[-1].name} is in s3://{bucket}/{folder}. There are:\n{listed(stored())}")


def get(asked):
    dumps = stored()
    dump = asked or next(iter(dumps), "")
    if dump not in dumps:
        sys.exit(f"There is no dump {asked} in s3://{bucket}/{folder}. There are:\n{listed(dumps)}")
    s3.download_file(bucket, f"{folder}/{dump}", str(DUMPS / dump))
    print(f"The dump {dump} is fetched from s3://{bucket}/{folder}.")


if action == "put":
    put(int(kept[0]))
else:
    get(os.environ.get("DUMP", ""))
