import { randomBytes } from 'node:crypto';
import type { FunctionRegistry } from '../functions/function-registry.ts';
import type { LambdaFunction } from '../functions/lambda-function.ts';

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

/** The function that an address belongs to. */
export const findUrl = (
  functions: FunctionRegistry,
  id: string,
): { readonly lambda: LambdaFunction; readonly url: FunctionUrl } | undefined => {
  for (const lambda of functions.list()) {
    const url = [...lambda.urls.values()].find((one) => one.id === id);
    if (url !== undefined) return { lambda, url };
  }
  return undefined;
};
