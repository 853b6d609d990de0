const escapeLiteral = (text: string): string => text.replace(/[$()+.[\\\]^{|}]/g, String.raw`\$&`);

/** Whether the text matches a pattern in which `*` is any run of characters and `?` any one. */
export const matchesPattern = (pattern: string, text: string): boolean =>
  new RegExp(`^${escapeLiteral(pattern).replaceAll('*', '.*').replaceAll('?', '.')}$`, 's').test(text);

const arnParts = (arn: string): readonly string[] => {
  const parts = arn.split(':');
  return [...parts.slice(0, 5), parts.slice(5).join(':')];
};

/** `ArnLike`: each of the six colon-delimited parts is matched by itself (IAM User Guide, "ARN condition operators"). */
export const matchesArn = (pattern: string, arn: string): boolean => {
  const wanted = arnParts(pattern);
  const got = arnParts(arn);
  return wanted.length === got.length && wanted.every((part, index) => matchesPattern(part, got[index] ?? ''));
};
