import { createHash, X509Certificate } from 'node:crypto';
import * as z from 'zod/mini';
import { vendorCaId } from '../../../domain/identifiers.ts';
import type { InputOf } from '../../../domain/operation.ts';
import { OperationError } from '../../../domain/operation-error.ts';
import type { manufacturersTrustCa } from '../../../domain/operations/manufacturers-trust-ca.ts';
import type { VendorCa } from '../../../domain/vendor-ca.ts';
import type { OperationCall, Performer } from '../operation-call.ts';
import type { OperationResources } from '../operation-resources.ts';
import { readVendorCa } from './read-vendor-ca.ts';
import { vendorCaEvent } from './vendor-ca-event.ts';

type Resources = Pick<OperationResources, 'configuration' | 'audit' | 'vendorCas' | 'vendorCaAuthority'>;

/**
 * Registers the CA inactive, puts on record what it may do, and lets its certificates in last. Cut short anywhere, it lets
 * nobody in, and the same command again finishes it.
 */
export const createTrustCa =
  (resources: Resources): Performer<typeof manufacturersTrustCa> =>
  async (input, call) => {
    const facts = factsOf(resources, input, call);
    const existing = (await resources.vendorCas.list()).find(({ certificatePem }) => certificatePem === facts.certificatePem);
    if (existing !== undefined) refuseOtherwise(existing, input);
    if (existing?.state === 'trusted') {
      if (!call.isDryRun) await resources.vendorCaAuthority.setTrusted(existing.id, true);
      return { ca: existing, outcome: 'unchanged' };
    }
    if (call.isDryRun) return { ca: { ...facts, id: existing?.id ?? expectedId(facts) }, outcome: 'created' };
    return { ca: await trust(resources, { facts, verificationPem: input.verificationPem, call }), outcome: 'created' };
  };

type Facts = Omit<VendorCa, 'id'>;

// AWS IoT names certificates by their digests; the record keeps what it really said.
const expectedId = ({ certificatePem }: Facts): VendorCa['id'] =>
  z.parse(vendorCaId, createHash('sha256').update(new X509Certificate(certificatePem).raw).digest('hex'));

const factsOf = ({ configuration }: Resources, input: InputOf<typeof manufacturersTrustCa>, { at }: OperationCall): Facts => {
  const { name: manufacturer, line, certificatePem } = input;
  const lines = configuration.lines.map(({ name }) => name);
  if (!lines.includes(line)) throw new OperationError('ERR_INPUT', `There is no line ${line}; there are ${lines.join(', ')}.`);
  return { ...readVendorCa(certificatePem, at), manufacturer, line, state: 'trusted', changedAt: at };
};

// A CA names devices of one line: a certificate does not say which line it is for.
const refuseOtherwise = (existing: VendorCa, { name, line }: InputOf<typeof manufacturersTrustCa>): void => {
  if (existing.manufacturer === name && existing.line === line) return;
  throw new OperationError(
    'ERR_CONFLICT',
    `This CA is on record for the line ${existing.line}, of "${existing.manufacturer}"; a CA names the devices of one line.`,
  );
};

interface Trusting {
  readonly facts: Facts;
  readonly verificationPem: string | undefined;
  readonly call: OperationCall;
}

const trust = async ({ vendorCas, vendorCaAuthority, audit }: Resources, { facts, verificationPem, call }: Trusting): Promise<VendorCa> => {
  const registration = await vendorCaAuthority.register({ certificatePem: facts.certificatePem, verificationPem });
  if (registration.outcome === 'foreign') throw new OperationError('ERR_CONFLICT', registration.why);
  if (registration.outcome === 'invalid') throw new OperationError('ERR_INPUT', `AWS IoT does not take this CA: ${registration.why}`);
  const ca = { ...facts, id: registration.id };
  try {
    await vendorCas.put(ca);
  } catch (error) {
    // Inactive as it is, it would do no harm; but nobody would know why it is there.
    if (registration.outcome === 'registered') await vendorCaAuthority.remove(registration.id);
    throw error;
  }
  audit.emit(vendorCaEvent('vendor-ca.trusted', ca, call));
  await vendorCaAuthority.setTrusted(ca.id, true);
  return ca;
};
