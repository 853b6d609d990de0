const bodyPattern = /^[A-Za-z0-9+/\s]+={0,2}\s*$/;

/**
 * The bytes of the one PEM block that the text holds, under any of the labels given (RFC 7468); undefined when the text
 * is anything else. Text outside the block is not tolerated, because what would be ignored there might mislead a reader.
 */
export const decodePem = (text: string, labels: readonly string[]): Buffer | undefined => {
  const trimmed = text.trim();
  const label = labels.find(
    (candidate) => trimmed.startsWith(`-----BEGIN ${candidate}-----`) && trimmed.endsWith(`-----END ${candidate}-----`),
  );
  if (label === undefined) return undefined;
  const body = trimmed.slice(`-----BEGIN ${label}-----`.length, -`-----END ${label}-----`.length);
  return bodyPattern.test(body) ? Buffer.from(body, 'base64') : undefined;
};
