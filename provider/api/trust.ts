import * as tls from "node:tls";

/** What a connection by TLS needs. */
export interface Trust {
  readonly rejectUnauthorized: true;
  readonly ca?: string[];
}

/**
 * Trusts these certificates besides those that Node.js trusts anyway: `ca` would be instead of them. Newer releases of
 * Node.js tell what they trust, with NODE_EXTRA_CA_CERTS and the system's certificates where those are switched on.
 */
export function trusting(certificates: readonly string[] = []): Trust {
  // Said outright, because NODE_TLS_REJECT_UNAUTHORIZED=0 switches only Node's default off.
  if (certificates.length === 0) return { rejectUnauthorized: true };
  const { getCACertificates } = tls as { getCACertificates?: (type: "default") => string[] };
  const usual = getCACertificates?.("default") ?? tls.rootCertificates;
  return { rejectUnauthorized: true, ca: [...usual, ...certificates] };
}
