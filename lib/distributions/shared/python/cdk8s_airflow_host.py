"""By what name Airflow knows this pod, in a cluster with IPv6 alone: its address, as it stands in a URL."""

import socket


def address():
    found = socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET6)
    return f"[{found[0][4][0]}]"
