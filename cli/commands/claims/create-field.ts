import * as z from 'zod/mini';
import { certificateId } from '../../../domain/identifiers.ts';
import { claimsRecordField } from '../../../domain/operations/claims-record-field.ts';
import { resourceNames } from '../../../domain/resource-names.ts';
import type { CreateOptions } from '../../claims/create-options.ts';
import { describeFiles } from '../../claims/options.ts';
import type { CommandContext } from '../../command-context.ts';
import { CommandError } from '../../command-error.ts';
import { createFieldClaim, fieldClaimName } from '../../claims/create-field-claim.ts';
import { perform } from '../../perform.ts';
import { plainJson } from '../../output/plain-json.ts';

const MAX_QUOTA = 5;

/** `muster claims create --field`: a claim of five minutes for a technician. */
export const createField = async (context: CommandContext, wanted: CreateOptions): Promise<void> => {
  refuseBatchOptions(wanted);
  const { line, quota = 1, contact, out, endpoint, json } = wanted;
  const name = wanted.name ?? fieldClaimName(line);
  const wishes = { name, line, quota, ...(contact === undefined ? {} : { contact }) };
  if (wanted.dryRun) {
    const input = { ...wishes, certificateId: z.parse(certificateId, '0'.repeat(64)) };
    await perform(context, { contract: claimsRecordField, input, json, isDryRun: true, describe: () => `Recorded claim "${name}".` });
    return;
  }
  const { prefix } = await context.configuration();
  const templateName = resourceNames(prefix).template(line);
  const ports = { client: await context.client(), fieldClaims: await context.fieldClaims(), templateName };
  const created = await createFieldClaim(ports, wishes, { out, endpoint });
  const { claim } = created;
  const sentence = `Created claim "${claim.name}" of line "${line}" for ${quota} ${quota === 1 ? 'device' : 'devices'} until ${new Date(claim.expiresAt).toISOString()}, recorded for ${claim.technician ?? 'you'}.`;
  context.terminal.out(json ? plainJson(created) : [sentence, ...describeFiles(created)].join('\n'));
};

const refuseBatchOptions = ({ quota, opens, expires, from, to, manifest, sealTo }: CreateOptions): void => {
  if ([opens, expires, from, to, manifest, sealTo].some((option) => option !== undefined))
    throw new CommandError(
      '--field makes a claim of five minutes from now; it goes with --line, --name, --quota, --contact, --out and --endpoint only.',
    );
  if (quota !== undefined && quota > MAX_QUOTA)
    throw new CommandError(`--quota is ${quota}; a technician's claim admits ${MAX_QUOTA} at the most.`);
};
