import type { SignedToken } from './token-signature.ts';

/** What a request shows of itself: all that an authorizer learns about it. */
export interface Presented {
  /** A UUID, the same for every call about one connection. */
  readonly connectionId: string;
  /** Where a test gives the token by itself; else it is looked for in what follows. */
  readonly signedToken?: SignedToken | undefined;
  readonly tls?: {
    /** From SNI. */
    readonly serverName?: string | undefined;
    /** Only where the endpoint asks for a client certificate, too. */
    readonly certificate?: { readonly pem: string; readonly principalId: string } | undefined;
  };
  readonly http?: {
    readonly headers: Readonly<Record<string, string>>;
    /** With its question mark. */
    readonly queryString?: string | undefined;
  };
  readonly mqtt?: {
    readonly username?: string | undefined;
    readonly password?: Buffer | undefined;
    readonly clientId?: string | undefined;
  };
}
