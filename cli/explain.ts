/** What an operator is told of a failure: what is theirs to mend in words, what AWS said in AWS's words, a mistake of ours in full. */
export const explain = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && typeof error.code === 'string' && error.code.startsWith('ERR_') && !error.code.startsWith('ERR_INVALID'))
    return error.message;
  if ('$metadata' in error) return `AWS answered ${error.name}: ${error.message}`;
  if (error.name === 'CredentialsProviderError') return `There are no AWS credentials: ${error.message}`;
  return error.stack ?? error.message;
};
