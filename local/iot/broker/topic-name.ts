import { quotas } from './quotas.ts';

const slash = 47;

const countSlashes = (text: string): number => {
  let count = 0;
  for (let index = 0; index < text.length; index += 1) if (text.charCodeAt(index) === slash) count += 1;
  return count;
};

/** A string's length says enough unless it is near the limit: UTF-8 takes at most three bytes per UTF-16 unit. */
const exceedsBytes = (text: string, limit: number): boolean => text.length * 3 > limit && Buffer.byteLength(text) > limit;

/** Slashes that are not counted: three of Basic Ingest, `$aws/rules/x/` (GR). */
const uncountedSlashes = (text: string): number => (text.startsWith('$aws/rules/') ? 3 : 0);

const isWithinLimits = (text: string): boolean =>
  text.length > 0 &&
  !text.includes('\u0000') &&
  !exceedsBytes(text, quotas.topicBytes) &&
  countSlashes(text) - uncountedSlashes(text) <= quotas.topicSlashes;

/** A topic that may be published to: no wildcards [MQTT-3.3.2-2], within AWS's size and depth. */
export const isTopicName = (topic: string): boolean => isWithinLimits(topic) && !topic.includes('#') && !topic.includes('+');

/** A filter with each wildcard alone in its level and `#` last [MQTT-4.7.1-1..3], within AWS's size and depth. */
export const isTopicFilter = (filter: string): boolean => {
  if (!isWithinLimits(filter)) return false;
  const levels = filter.split('/');
  return levels.every((level, index) => {
    if (level === '#') return index === levels.length - 1;
    return level === '+' || !/[#+]/.test(level);
  });
};

/** Topics that begin with `$` belong to AWS (DG:topics). */
export const isReserved = (topicOrFilter: string): boolean => topicOrFilter.startsWith('$');

export const isWildcard = (filter: string): boolean => filter.includes('+') || filter.endsWith('#');

export const isClientId = (clientId: string): boolean =>
  !exceedsBytes(clientId, quotas.clientIdBytes) && !clientId.startsWith('$') && !clientId.includes('\u0000');
