import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { FunctionError } from './worker-messages.ts';
import { toFunctionError } from './function-error.ts';

export type Handler = (event: unknown, context: object) => unknown;

export type LoadedHandler = { readonly handler: Handler } | { readonly error: FunctionError };

const extensions = ['.js', '.mjs', '.cjs'];

const isFunction = (value: unknown): value is Handler => typeof value === 'function';

const member = (value: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((holder, name) => (typeof holder === 'object' && holder !== null ? Reflect.get(holder, name) : undefined), value);

const find = async (codeDirectory: string, handler: string): Promise<unknown> => {
  const directoryEnd = handler.lastIndexOf('/') + 1;
  const [file = '', ...path] = handler.slice(directoryEnd).split('.');
  const stem = join(codeDirectory, handler.slice(0, directoryEnd), file);
  const found = extensions.map((extension) => stem + extension).find((candidate) => existsSync(candidate));
  if (found === undefined) throw new Error(`Cannot find module '${file}'`);
  const module: unknown = await import(pathToFileURL(found).href);
  // A CommonJS module's exports may only be seen as its default.
  return member(module, path) ?? member(member(module, ['default']), path);
};

const loadError = (thrown: unknown): FunctionError => {
  const error = toFunctionError(thrown);
  if (thrown instanceof SyntaxError)
    return { ...error, errorType: 'Runtime.UserCodeSyntaxError', errorMessage: `SyntaxError: ${error.errorMessage}` };
  const isMissing = thrown instanceof Error && /Cannot find (?:module|package)/.test(thrown.message);
  return isMissing ? { ...error, errorType: 'Runtime.ImportModuleError', errorMessage: `Error: ${error.errorMessage}` } : error;
};

/** Imports the module that a function's handler setting names, and finds the handler in it. */
export const loadHandler = async (codeDirectory: string, handler: string): Promise<LoadedHandler> => {
  try {
    const found = await find(codeDirectory, handler);
    if (isFunction(found)) return { handler: found };
  } catch (thrown) {
    return { error: loadError(thrown) };
  }
  return { error: { errorType: 'Runtime.HandlerNotFound', errorMessage: `${handler} is undefined or not exported` } };
};
