import type { CertificateId } from '../../domain/identifiers.ts';
import type { CertificateRetirement } from '../../domain/ports.ts';

/** Retires nothing but remembers what it was told to; `fails` makes it refuse until it is set back. */
export const recordedRetirement = () => {
  const retired: CertificateId[] = [];
  const state = { fails: false };
  const retirement: CertificateRetirement = {
    retire: async (certificate) => {
      await Promise.resolve();
      if (state.fails) throw new Error('AWS IoT is not in the mood');
      retired.push(certificate);
    },
  };
  return { retirement, retired, state };
};
