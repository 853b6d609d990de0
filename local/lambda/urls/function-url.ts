import { randomBytes } from 'node:crypto';

export type UrlAuthType = 'AWS_IAM' | 'NONE';

/** An HTTPS address of a function or of one of its aliases. */
export interface FunctionUrl {
  /** 32 letters and digits. */
  readonly id: string;
  readonly authType: UrlAuthType;
  /** An alias; undefined for the function itself. */
  readonly qualifier: string | undefined;
  readonly createdAtMs: number;
  readonly modifiedAtMs: number;
}

const alphabet = 'abcdefghijklmnopqrstuvwxyz0123456789';

export const newUrlId = (): string => [...randomBytes(32)].map((byte) => alphabet.charAt(byte % alphabet.length)).join('');
