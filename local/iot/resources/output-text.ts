/** A text member that the operation always answers. */
export const outputText = (output: Readonly<Record<string, unknown>>, member: string): string => {
  const value = output[member];
  if (typeof value !== 'string') throw new TypeError(`The operation answered no ${member}.`);
  return value;
};
