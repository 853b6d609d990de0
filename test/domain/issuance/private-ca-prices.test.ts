import { monthlyPriceOf, priceOfCertificates } from '../../../domain/issuance/private-ca-prices.ts';

describe('AWS Private CA costs', () => {
  test.each([
    ['GENERAL_PURPOSE', true, 800],
    ['GENERAL_PURPOSE', false, 400],
    ['SHORT_LIVED_CERTIFICATE', true, 450],
    ['SHORT_LIVED_CERTIFICATE', false, 50],
  ] as const)('by the month: mode %s, with a root of its own %s', (mode, hasOwnRoot, dollars) => {
    expect(monthlyPriceOf(mode, hasOwnRoot)).toBe(dollars);
  });

  test.each([
    ['GENERAL_PURPOSE', 500, 375],
    ['GENERAL_PURPOSE', 1_001, 750.35],
    ['GENERAL_PURPOSE', 20_000, 3_910],
    ['SHORT_LIVED_CERTIFICATE', 500, 29],
  ] as const)('by the certificate, in tiers: mode %s, %d certificates', (mode, count, dollars) => {
    expect(priceOfCertificates(mode, count)).toBeCloseTo(dollars, 2);
  });
});
