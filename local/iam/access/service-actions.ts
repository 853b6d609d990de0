/** What the Service Authorization Reference says of one service. */
export interface ServiceActions {
  /** ARN formats by resource type, e.g. `arn:${Partition}:iot:${Region}:${Account}:thing/${ThingName}`. */
  readonly resources: Readonly<Record<string, string>>;
  /** Resource types by action, parted by spaces; `?` ends those that are optional. Empty: the action has no resource. */
  readonly actions: Readonly<Record<string, string>>;
}

export interface ActionResource {
  readonly arnFormat: string;
  readonly isOptional: boolean;
}

/** The resources that an action is about; undefined when the service has no such action. */
export const resourcesOfAction = ({ actions, resources }: ServiceActions, action: string): readonly ActionResource[] | undefined => {
  const types = Object.hasOwn(actions, action) ? actions[action] : undefined;
  return types
    ?.split(' ')
    .filter((type) => type !== '')
    .map((type) => ({ arnFormat: resources[type.replace(/\?$/, '')] ?? '*', isOptional: type.endsWith('?') }));
};
