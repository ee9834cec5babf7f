/** The family of the addresses that pods have. */
export enum IpFamily {
  /** IPv4, be it beside IPv6. */
  IPV4 = 'IPv4',
  /** IPv6 alone. */
  IPV6 = 'IPv6',
}
