/** Beyond that the oldest are read again. */
const maxRemembered = 1000;

/** Reads texts that were checked when they were stored; one that was read before is not read again. What throws is not remembered. */
export const rememberingReader = <Result>(read: (text: string) => Result): ((text: string) => Result) => {
  const remembered = new Map<string, { readonly result: Result }>();
  return (text) => {
    const known = remembered.get(text);
    if (known !== undefined) return known.result;
    const result = read(text);
    for (const oldest of remembered.size < maxRemembered ? [] : [remembered.keys().next().value ?? '']) remembered.delete(oldest);
    remembered.set(text, { result });
    return result;
  };
};
