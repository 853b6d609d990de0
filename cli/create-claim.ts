import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { makeCsr, provePki } from '../approaches/pki/prove.ts';
import { type ClaimFile, claimFileNames } from '../device/claim-file.ts';
import { claimEvent } from '../domain/claim-event.ts';
import type { Claim } from '../domain/claim.ts';
import type { ClaimName, LineName } from '../domain/identifiers.ts';
import type { IssuedClaimCertificate } from '../domain/ports.ts';
import { resourceNames } from '../domain/resource-names.ts';
import { CommandError } from './command-error.ts';
import { type Undo, withCompensation } from './compensation.ts';
import { type Operator, stampOf } from './operator.ts';
import { writeOnce } from './write-once.ts';

const SECRET_MODE = 0o600;
const PUBLIC_MODE = 0o644;
const CLOCK_SKEW_MS = 300_000;

export interface ClaimWishes {
  readonly name: ClaimName;
  readonly line: LineName;
  readonly quota: number;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
  readonly contact?: string;
  /** A directory; made when it is not there. */
  readonly out: string;
  /** Where the devices connect to, when it is not the account's own data endpoint. */
  readonly endpoint?: string;
}

export interface CreatedClaim {
  readonly claim: Claim;
  /** Paths of the three files. */
  readonly files: { readonly claim: string; readonly certificate: string; readonly privateKey: string };
}

/**
 * Makes a claim: its key here, its certificate at AWS IoT, its record in the table. The certificate becomes active last,
 * so that whatever fails, and whenever, leaves nothing that opens anything.
 */
export const createClaim = async (operator: Operator, wishes: ClaimWishes): Promise<CreatedClaim> => {
  refuseUnknownLine(operator, wishes.line);
  const result = await withCompensation((undo) => create(operator, wishes, undo));
  operator.audit.emit(claimEvent('claim.created', result.claim, stampOf(operator)));
  return result;
};

const refuseUnknownLine = ({ configuration }: Operator, line: LineName): void => {
  const lines = configuration.lines.map(({ name }) => name);
  if (!lines.includes(line))
    throw new CommandError(`--line is "${line}"; expected one of ${lines.join(', ')}. Name a line of the configuration.`);
};

const create = async (operator: Operator, wishes: ClaimWishes, undo: Undo): Promise<CreatedClaim> => {
  const { certificates, closure, store, configuration } = operator;
  const files = filesOf(wishes);
  const write = async (path: string, text: string, mode: number) => {
    await writeOnce(path, text, mode);
    undo(`the file ${path}`, () => rm(path));
  };
  // The key first, before anything exists in the cloud: a certificate whose key could not be kept is a certificate lost.
  const privateKeyPem = await provePki.makeKey('ec-p256');
  await mkdir(wishes.out, { recursive: true });
  await write(files.privateKey, privateKeyPem, SECRET_MODE);
  const certificate = await certificates.issue(await makeCsr(wishes.name, privateKeyPem));
  const policy = resourceNames(configuration.prefix).claimPolicy(wishes.line);
  undo(`the certificate ${certificate.certificateId}`, () => certificates.discard(certificate, policy));
  await certificates.attachPolicy(certificate, policy);
  const claim = claimOf(operator, wishes, certificate);
  if ((await store.createClaim(claim)) === 'conflict')
    throw new CommandError(`There is a claim of certificate ${claim.certificateId} already.`);
  undo(`the claim of certificate ${claim.certificateId}`, () => closure.closeClaim(claim.certificateId));
  await write(files.certificate, certificate.certificatePem, PUBLIC_MODE);
  const endpoint = wishes.endpoint ?? (await certificates.dataEndpoint());
  await write(files.claim, `${JSON.stringify(claimFileOf(operator, claim, endpoint), undefined, 2)}\n`, PUBLIC_MODE);
  await certificates.setActive(claim.certificateId, true);
  return { claim, files };
};

const filesOf = ({ name, out }: ClaimWishes): CreatedClaim['files'] => {
  const names = claimFileNames(name);
  return { claim: join(out, names.claim), certificate: join(out, names.certificate), privateKey: join(out, names.privateKey) };
};

const claimOf = ({ now }: Operator, wishes: ClaimWishes, { certificateId }: IssuedClaimCertificate): Claim => ({
  name: wishes.name,
  line: wishes.line,
  certificateId,
  state: 'open',
  // The hook has a clock of its own, and a claim is wanted at once.
  opensAt: now() - CLOCK_SKEW_MS,
  expiresAt: wishes.expiresAt,
  quota: wishes.quota,
  admitted: 0,
  ...(wishes.contact === undefined ? {} : { contact: wishes.contact }),
});

const claimFileOf = ({ configuration }: Operator, claim: Claim, endpoint: string): ClaimFile => {
  const names = resourceNames(configuration.prefix);
  const { certificate, privateKey } = claimFileNames(claim.name);
  return {
    schemaVersion: 1,
    name: claim.name,
    line: claim.line,
    template: names.template(claim.line),
    clientIdPrefix: names.claimClientIdPrefix(claim.line),
    certificateId: claim.certificateId,
    endpoint,
    certificate,
    privateKey,
  };
};
