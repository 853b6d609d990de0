import type { FunctionRegistry } from '../functions/function-registry.ts';
import type { LambdaFunction } from '../functions/lambda-function.ts';
import type { FunctionUrl } from './function-url.ts';

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
