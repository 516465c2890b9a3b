declare module 'proxy-from-env' {
  /** The proxy for an address by `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY`; an empty text where there is none. */
  export function getProxyForUrl(url: string): string;
}
