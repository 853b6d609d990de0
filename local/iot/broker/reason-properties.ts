import type { IotBehaviour } from '../behaviour/behaviour.ts';
import { reasonCode } from './reason-code.ts';

/** `notAuthorized` becomes `Not authorized`. */
const inWords = (name: string): string => {
  const words = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
};

const texts = new Map(Object.entries(reasonCode).map(([name, code]) => [code as number, inWords(name)]));

/** The Reason String of a failure over MQTT 5, unless the client asked for none. [MQTT-3.1.2-29] */
export const reasonProperties = (
  { behaviour }: { readonly behaviour: IotBehaviour },
  { wantsReasons }: { readonly wantsReasons: boolean },
  code: number,
): { properties?: { reasonString: string } } => {
  const reasonString = texts.get(code);
  const isTold = behaviour['mqtt.connection.reason-strings'] && wantsReasons && code >= reasonCode.unspecifiedError;
  return isTold && reasonString !== undefined ? { properties: { reasonString } } : {};
};
