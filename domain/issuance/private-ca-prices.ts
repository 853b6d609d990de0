/** The two ways in which AWS Private CA runs an authority. */
export const authorityModes = ['GENERAL_PURPOSE', 'SHORT_LIVED_CERTIFICATE'] as const;

export type AuthorityMode = (typeof authorityModes)[number];

interface Tier {
  /** How many certificates of a month it is for. */
  readonly certificates: number;
  /** US dollars for each. */
  readonly price: number;
}

/** US dollars, as https://aws.amazon.com/private-ca/pricing lists them for most regions. */
const prices: Readonly<Record<AuthorityMode, { readonly month: number; readonly tiers: readonly Tier[] }>> = {
  GENERAL_PURPOSE: {
    month: 400,
    tiers: [
      { certificates: 1_000, price: 0.75 },
      { certificates: 9_000, price: 0.35 },
      { certificates: Number.POSITIVE_INFINITY, price: 0.001 },
    ],
  },
  SHORT_LIVED_CERTIFICATE: { month: 50, tiers: [{ certificates: Number.POSITIVE_INFINITY, price: 0.058 }] },
};

/** US dollars a month for an authority of a mode, and for the root above it where there is one: that is always general-purpose. */
export const monthlyPriceOf = (mode: AuthorityMode, hasOwnRoot: boolean): number =>
  prices[mode].month + (hasOwnRoot ? prices.GENERAL_PURPOSE.month : 0);

/** US dollars for so many certificates, the first of their month. */
export const priceOfCertificates = (mode: AuthorityMode, count: number): number => {
  let [left, dollars] = [count, 0];
  for (const { certificates, price } of prices[mode].tiers) {
    const here = Math.min(left, certificates);
    dollars += here * price;
    left -= here;
  }
  return dollars;
};
