let last: { readonly message: string; readonly json: unknown } = { message: '', json: undefined };

const parse = (message: string): unknown => {
  try {
    return JSON.parse(message);
  } catch {
    return undefined;
  }
};

/** What a message says in JSON; undefined when it is none. The last one is kept, because it meets all filters of its group in turn. */
export const jsonOf = (message: string): unknown => {
  if (message !== last.message) last = { message, json: parse(message) };
  return last.json;
};
