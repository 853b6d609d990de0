import type { UpdateEventConfigurationsRequest } from '@aws-sdk/client-iot';
import { type EventKind, eventKinds } from '../../events/event-configurations.ts';
import { invalidRequest } from '../../refusals.ts';
import type { IotOperation } from '../operation.ts';

const kindOf = (key: string): EventKind => {
  const kind = eventKinds.find((one) => one === key);
  if (kind === undefined) {
    throw invalidRequest(`1 validation error detected: Map key '${key}' must satisfy enum value set: [${eventKinds.join(', ')}]`);
  }
  return kind;
};

/** Switches kinds of events on and off; kinds that are not named stay as they are. */
export const updateEventConfigurations: IotOperation<UpdateEventConfigurationsRequest> = ({ registry }, { eventConfigurations = {} }) => {
  const changes = Object.entries(eventConfigurations).map(([key, { Enabled }]) => [kindOf(key), Enabled ?? false] as const);
  for (const [kind, isEnabled] of changes) registry.eventConfigurations.set(kind, isEnabled);
  return {};
};
