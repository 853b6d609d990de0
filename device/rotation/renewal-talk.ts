import * as z from 'zod/mini';
import { renewalAnswer } from '../../domain/rotation/renewal-message.ts';
import type { RotationId } from '../../domain/rotation/rotation.ts';
import type { Dialogue } from '../mqtt/dialogue.ts';
import type { Received, Renewal } from './rotating-credential.ts';

export const askTopic = (ownRoot: string): string => `${ownRoot}/credential/ask`;
export const tellTopic = (ownRoot: string): string => `${ownRoot}/credential/tell`;

/**
 * Asks for the credential that a rotation offers; `refused` is for good.
 * @throws MqttSessionError when nothing comes that is for this rotation and this key.
 */
export const askForRenewal = (
  dialogue: Dialogue,
  ownRoot: string,
  { rotation, offer, read }: Renewal & { readonly rotation: RotationId },
): Promise<Received | 'refused'> =>
  dialogue.ask<Received | 'refused'>({
    topic: askTopic(ownRoot),
    body: { rotation, offer },
    read: (from, payload) => {
      const answer = from === tellTopic(ownRoot) ? z.safeParse(renewalAnswer, payload).data : undefined;
      if (answer?.rotation !== rotation) return undefined;
      return answer.outcome === 'refused' ? 'refused' : read(answer.credential);
    },
  });
