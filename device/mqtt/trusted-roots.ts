import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { amazonRoots } from './amazon-roots.data.ts';
import { BadSetupError } from '../bad-setup.ts';
import { asBadSetup } from '../store/private-file.ts';

/**
 * The roots to trust: those in the file, or Amazon's when there is none.
 * @throws BadSetupError when the file holds no certificate.
 */
export const trustedRoots = async (path: string | undefined): Promise<readonly string[]> => {
  if (path === undefined) return amazonRoots.map(({ pem }) => pem);
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw asBadSetup(`${path} cannot be read`, error);
  });
  const certificates = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  if (certificates.length === 0 || !certificates.every(isCertificate)) {
    throw new BadSetupError(`${path} holds no certificates in PEM; expected the roots that vouch for the endpoint.`);
  }
  return certificates;
};

const isCertificate = (pem: string): boolean => {
  try {
    return new X509Certificate(pem).raw.length > 0;
  } catch {
    return false;
  }
};
