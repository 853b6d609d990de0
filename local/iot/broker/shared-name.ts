import { quotas } from './quotas.ts';

/** `$share/<group>/<filter>` in its parts. [MQTT-4.8.2-1] */
export interface SharedName {
  readonly shareName: string;
  readonly filter: string;
}

const prefix = '$share/';

export const isSharedSubscription = (filter: string): boolean => filter.startsWith(prefix) || filter === '$share';

/** The parts, or undefined where the name has none: the group's name has 1 to 128 characters and no wildcard (DG:mqtt). */
export const parseSharedName = (text: string): SharedName | undefined => {
  const end = text.indexOf('/', prefix.length);
  if (end < 0) return undefined;
  const shareName = text.slice(prefix.length, end);
  const filter = text.slice(end + 1);
  const isNamed = shareName.length > 0 && shareName.length <= quotas.shareNameCharacters && !/[+#]/.test(shareName);
  return isNamed && filter.length > 0 ? { shareName, filter } : undefined;
};
