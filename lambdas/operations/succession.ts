import type { ApproachName } from '../../approaches/index.ts';
import { succeedBySerialNumber } from '../../approaches/pki/evidence/succession.ts';
import { succeedByNextKeys } from '../../approaches/psk/evidence/key-version.ts';
import type { Succession } from '../../domain/changes/transfer.ts';
import type { Enrollment } from '../../domain/enrollment.ts';

type Succeed = (enrollment: Enrollment) => Succession | undefined;

const successions: Readonly<Partial<Record<string, Succeed>>> = {
  pki: succeedBySerialNumber,
  psk: succeedByNextKeys,
} satisfies Partial<Record<ApproachName, Succeed>>;

/** What a device proves itself by once its former owner's copies count no more; `undefined` where only an operator can say it. */
export const successionOf: Succeed = (enrollment) => successions[enrollment.approach]?.(enrollment);
