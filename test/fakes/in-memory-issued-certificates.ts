import type { IssuedByAuthority, IssuedCertificates } from '../../domain/issuance/issuance-ports.ts';

/** Notes what was issued, and tells it in its order. */
export const notedCertificates = (): Pick<IssuedCertificates, 'note'> & { readonly noted: readonly IssuedByAuthority[] } => {
  const noted: IssuedByAuthority[] = [];
  return {
    noted,
    async note(issued) {
      await Promise.resolve();
      noted.push(issued);
    },
  };
};
