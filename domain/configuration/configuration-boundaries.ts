import type { SharedTopic } from '../boundary.ts';
import type { Configuration } from './configuration-schema.ts';
import type { DeviceBoundaries } from '../connection/device-boundaries.ts';

/** The boundaries of the lines that use an approach. */
export const deviceBoundariesOf = ({ lines, tenants }: Configuration, approach: string): DeviceBoundaries => ({
  lines: lines
    .filter(({ approaches }) => approaches.includes(approach))
    .map(({ name, sharedTopics, clientIds: { path }, rotation, closed }) => ({
      name,
      sharedTopics: sharedTopics.map(topicAlone),
      ...(path === undefined ? {} : { clientIdPath: path }),
      ...(rotation === undefined ? {} : { followsJobs: true }),
      ...(closed ? { isClosed: true } : {}),
    })),
  tenants: tenants
    .filter(({ sharedTopics }) => sharedTopics.length > 0)
    .map(({ name, sharedTopics }) => ({ name, sharedTopics: sharedTopics.map(topicAlone) })),
});

// Why devices may publish is for those who read the configuration.
const topicAlone = ({ topic, publish, absolute }: SharedTopic): SharedTopic => ({
  topic,
  publish,
  ...(absolute === true ? { absolute } : {}),
});
