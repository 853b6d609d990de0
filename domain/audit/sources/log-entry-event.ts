import * as z from 'zod/mini';
import { certificateId } from '../../identifiers.ts';
import { resourceNames } from '../../resource-names.ts';
import { type FleetReading, partyOf } from './fleet-parties.ts';
import { type ToldEvent, addressIn, ofAws } from './told-event.ts';

/** An entry of AWS IoT's log about something that failed (DG:cwl-format). What a device may write freely, such as a topic, is not read. */
const failure = z.object({
  status: z.literal('Failure'),
  eventType: z.string(),
  clientId: z.optional(z.string().check(z.maxLength(128))),
  principalId: z.optional(z.string()),
  thingName: z.optional(z.string()),
  deviceCertificateId: z.optional(z.string()),
  provisioningTemplateName: z.optional(z.string()),
  reason: z.optional(z.string()),
  details: z.optional(z.string()),
  sourceIp: z.optional(z.string()),
});

/** One event of a log group. */
export interface LogEntry {
  /** The same when it is delivered again. */
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly timestamp: number;
  /** Parsed. */
  readonly message: unknown;
}

type Failure = z.infer<typeof failure>;

const clientOf = ({ clientId, principalId, thingName }: Failure, reading: FleetReading) =>
  clientId === undefined ? undefined : partyOf(reading, { clientId, principal: principalId, thingName });

// Of provisioning AWS IoT logs the template and the certificate, and not who asked for it.
const templateOf = ({ provisioningTemplateName: template }: Failure, { prefix, lines }: FleetReading) => {
  const line = lines.find((name) => resourceNames(prefix).template(name) === template);
  return line === undefined ? undefined : { line, resource: resourceNames(prefix).template(line) };
};

/** What AWS IoT logged of the fleet's that failed; undefined for anything else. */
export const logEntryEvent = ({ id, timestamp, message }: LogEntry, reading: FleetReading): ToldEvent | undefined => {
  const entry = z.safeParse(failure, message).data;
  if (entry === undefined) return undefined;
  const [client, template] = [clientOf(entry, reading), templateOf(entry, reading)];
  if (client === undefined && template === undefined) return undefined;
  const made = z.safeParse(certificateId, entry.deviceCertificateId).data;
  return {
    event: {
      schemaVersion: 1,
      id: `iot-log-${id}`,
      at: timestamp,
      code: 'iot.logged',
      actor: client === undefined ? { kind: 'service', name: 'iot.amazonaws.com' } : { kind: 'device' },
      ...template,
      ...client,
      ...(made === undefined ? {} : { certificateId: made }),
      ...ofAws('operation', entry.eventType),
      // The reason is a word of AWS's; where there is none, its sentence may be short enough to be one.
      ...ofAws('awsReason', entry.reason ?? entry.details),
    },
    ...addressIn(entry.sourceIp),
  };
};
