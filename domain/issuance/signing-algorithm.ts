/** What an authority of AWS Private CA signs with: of the family of its key. */
export const signingAlgorithms = [
  'SHA256WITHECDSA',
  'SHA384WITHECDSA',
  'SHA512WITHECDSA',
  'SHA256WITHRSA',
  'SHA384WITHRSA',
  'SHA512WITHRSA',
] as const;

export type SigningAlgorithmName = (typeof signingAlgorithms)[number];
