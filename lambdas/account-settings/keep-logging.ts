import * as z from 'zod/mini';
import type { IotLogging, IotLoggingOptions } from '../../domain/audit/sources/account-settings.ts';
import { IOT_LOG_GROUP } from '../../domain/iot-log-group.ts';
import { parseJson } from '../../domain/parse-json.ts';
import type { Fulfil } from '../custom-resource/create-handler.ts';

const wanted = z.object({ RoleArn: z.string().check(z.minLength(1)) });

const before = z.object({ roleArn: z.string(), level: z.string(), isOff: z.boolean() });

/** Somebody else has AWS IoT log. */
export class ForeignLoggingError extends Error {
  override readonly name = 'ForeignLoggingError';
  readonly code = 'ERR_FOREIGN_LOGGING';

  constructor({ roleArn, level }: IotLogging) {
    super(
      `In this account and region AWS IoT logs at the level ${level} with the role ${roleArn} of somebody else. That stays as it is. Write accountWide: { iotLogging: "use" } to read what it logs, or have it switched off.`,
    );
  }
}

const BEGIN = 'before ';

const idOf = (present: IotLogging | undefined): string => `${BEGIN}${present === undefined ? 'nothing' : JSON.stringify(present)}`;

/** What was set before ours, as the id of the resource tells it. */
const loggingBefore = (physicalId: string | undefined): IotLogging | undefined =>
  z.safeParse(before, parseJson((physicalId ?? '').slice(BEGIN.length))).data;

/**
 * Has AWS IoT log failures with a role of ours, where nobody else has it log. The id of the resource is what was set before, to which it
 * goes back in the end; where somebody has set something else since, that stays.
 */
export const keepLoggingWith =
  (options: IotLoggingOptions): Fulfil =>
  async ({ RequestType, PhysicalResourceId, ResourceProperties }) => {
    const { RoleArn: roleArn } = z.parse(wanted, ResourceProperties);
    const present = await options.read();
    const isOurs = present?.roleArn === roleArn;
    if (RequestType === 'Delete') {
      if (isOurs) await options.write(loggingBefore(PhysicalResourceId) ?? { ...present, isOff: true });
      return { physicalId: PhysicalResourceId ?? '' };
    }
    if (present !== undefined && !isOurs && !present.isOff && RequestType === 'Create') throw new ForeignLoggingError(present);
    await options.ensureLogGroup(IOT_LOG_GROUP);
    await options.write({ roleArn, level: 'ERROR', isOff: false });
    return {
      physicalId: RequestType === 'Update' && PhysicalResourceId !== undefined ? PhysicalResourceId : idOf(isOurs ? undefined : present),
    };
  };
