import * as z from 'zod/mini';
import { deviceAlgorithms } from './algorithm.ts';
import { headerWith, nameClaim, timeClaim } from './claims.ts';
import type { UnverifiedJws } from './jws.ts';

/** How long such a token may live. */
export const MAX_DEVICE_TOKEN_SECONDS = 86_400;

const header = headerWith(deviceAlgorithms);

const claims = z.object({ aud: nameClaim, iat: timeClaim, exp: timeClaim, nbf: z.exactOptional(timeClaim) });

/** A token that a device signed itself, as devices of Google Cloud IoT Core do, as far as anybody can read it. */
export interface DeviceToken {
  readonly text: string;
  readonly header: z.infer<typeof header>;
  readonly claims: z.infer<typeof claims>;
}

/** Reads such a token, or `undefined` where its form is not that of one. Claims of other names are ignored, as they were there. */
export const readDeviceToken = (jws: UnverifiedJws): DeviceToken | undefined => {
  const [readHeader, readClaims] = [z.safeParse(header, jws.header), z.safeParse(claims, jws.claims)];
  if (!readHeader.success || !readClaims.success) return undefined;
  return { text: jws.text, header: readHeader.data, claims: readClaims.data };
};
