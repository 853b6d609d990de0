import { createHash } from 'node:crypto';
import { nameKey, parseCertificate, type ParsedCertificate } from '../certificate-authority/parsed-certificate.ts';
import { decodePem } from '../certificate-authority/pem.ts';
import type { CaCertificate } from './records.ts';
import type { IotRegistry } from './registry.ts';

/** The certificate of a registered authority. Throws only if what was registered was none. */
export const parsedAuthority = ({ certificateId, certificatePem }: CaCertificate): ParsedCertificate => {
  const parsed = parseCertificate(decodePem(certificatePem, ['CERTIFICATE']) ?? Buffer.alloc(0));
  if (parsed === undefined) throw new Error(`CA certificate ${certificateId} cannot be parsed any more.`);
  return parsed;
};

const holderKey = ({ account }: IotRegistry, authority: ParsedCertificate): string => {
  const key = createHash('sha256')
    .update(authority.publicKey.export({ format: 'der', type: 'spki' }))
    .digest('hex');
  return `${account.region} ${key} ${nameKey(authority.subject)}`;
};

/** Whether another account of the region has that subject and key in mode DEFAULT. */
export const isHeldElsewhere = (registry: IotRegistry, authority: ParsedCertificate): boolean => {
  const holder = registry.caHolders.get(holderKey(registry, authority));
  return holder !== undefined && holder !== registry.account.accountId;
};

type Settings = Pick<CaCertificate, 'certificatePem' | 'status' | 'mode' | 'autoRegisters' | 'registrationConfig'>;

/** Adds an authority to the registry. */
export const addCaCertificate = (registry: IotRegistry, authority: ParsedCertificate, settings: Settings): CaCertificate => {
  const now = registry.clock.now();
  const { certificateId, notBefore, notAfter } = authority;
  const entry: CaCertificate = {
    ...settings,
    ...{ certificateId, notBefore, notAfter, subjectKey: nameKey(authority.subject) },
    ...{ createdAt: now, modifiedAt: now, generationId: registry.newId() },
  };
  registry.caCertificates.set(certificateId, entry);
  if (entry.mode === 'DEFAULT') registry.caHolders.set(holderKey(registry, authority), registry.account.accountId);
  return entry;
};

/** Lets other accounts have what this one held, when its registry comes to an end. */
export const releaseAuthorities = ({ account, caHolders }: IotRegistry): void => {
  for (const [key, holder] of caHolders) if (holder === account.accountId) caHolders.delete(key);
};

export const authoritiesWithSubject = (registry: IotRegistry, subjectKey: string): readonly CaCertificate[] =>
  [...registry.caCertificates.values()].filter((authority) => authority.subjectKey === subjectKey);

/** Removes an authority; the certificates that it signed stay. */
export const removeCaCertificate = (registry: IotRegistry, removed: CaCertificate): void => {
  registry.caCertificates.delete(removed.certificateId);
  registry.tags.delete(registry.arn('cacert', removed.certificateId));
  if (removed.mode !== 'DEFAULT') return;
  const key = holderKey(registry, parsedAuthority(removed));
  const twins = authoritiesWithSubject(registry, removed.subjectKey).filter(({ mode }) => mode === 'DEFAULT');
  if (!twins.some((twin) => holderKey(registry, parsedAuthority(twin)) === key)) registry.caHolders.delete(key);
};
