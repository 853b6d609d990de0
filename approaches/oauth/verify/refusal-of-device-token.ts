import type { ReasonCode } from '../../../domain/reason-code.ts';
import { type DeviceToken, MAX_DEVICE_TOKEN_SECONDS } from '../evidence/device-token.ts';
import type { DeviceTokenSettings } from '../evidence/settings.ts';
import { refusalOfTimes } from './lifetime.ts';

/** What Google Cloud IoT Core allowed the clocks of devices. */
const SKEW_SECONDS = 600;

/** Why a token that a device signed does not count, whoever signed it. */
export const refusalOfDeviceToken = (
  { header, claims }: DeviceToken,
  { algorithms, audiences }: DeviceTokenSettings,
  at: number,
): ReasonCode | undefined => {
  const { typ = 'JWT', alg } = header;
  if (typ.toLowerCase() !== 'jwt' || !algorithms.includes(alg)) return 'evidence-refused';
  if (claims.exp - claims.iat > MAX_DEVICE_TOKEN_SECONDS + SKEW_SECONDS) return 'evidence-refused';
  if (!audiences.includes(claims.aud)) return 'token-for-another-audience';
  return refusalOfTimes({ ...claims, skewSeconds: SKEW_SECONDS }, at);
};
