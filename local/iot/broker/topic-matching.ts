/**
 * Whether a subscription's filter covers a topic, by AWS's reading: `sensor/#` does not match `sensor`, unlike MQTT's own
 * (DG:topics), and a leading wildcard never matches a topic that begins with `$` [MQTT-4.7.2-1].
 */
export const filterMatches = (filter: string, topic: string): boolean => {
  if (filter === topic) return true;
  if (topic.startsWith('$') && (filter.startsWith('#') || filter.startsWith('+'))) return false;
  // Most differ before the first wildcard, and a filter without one covers itself alone.
  const wildcard = filter.search(/[+#]/);
  if (wildcard < 0 || !topic.startsWith(filter.slice(0, wildcard))) return false;
  const wanted = filter.split('/');
  const given = topic.split('/');
  for (const [index, level] of wanted.entries()) {
    if (index >= given.length) return false;
    if (level === '#') return true;
    if (level !== '+' && level !== given[index]) return false;
  }
  return wanted.length === given.length;
};
