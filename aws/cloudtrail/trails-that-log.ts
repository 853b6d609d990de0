import {
  type CloudTrailClient,
  DescribeTrailsCommand,
  GetEventSelectorsCommand,
  GetTrailStatusCommand,
  type Trail,
} from '@aws-sdk/client-cloudtrail';

/** The trails that log calls which change something, as CloudTrail shows them here: those of other regions and of the organization, too. */
export const trailsThatLog = async (client: CloudTrailClient): Promise<readonly Trail[]> => {
  const { trailList = [] } = await client.send(new DescribeTrailsCommand({}));
  const found: Trail[] = [];
  for (const trail of trailList) if (await seesChanges(client, trail)) found.push(trail);
  return found;
};

const seesChanges = async (client: CloudTrailClient, { TrailARN: Name = '' }: Trail): Promise<boolean> => {
  const { IsLogging } = await client.send(new GetTrailStatusCommand({ Name }));
  if (IsLogging !== true) return false;
  const { EventSelectors = [], AdvancedEventSelectors = [] } = await client.send(new GetEventSelectorsCommand({ TrailName: Name }));
  const isPlain = EventSelectors.some(
    ({ IncludeManagementEvents, ReadWriteType }) => IncludeManagementEvents === true && ReadWriteType !== 'ReadOnly',
  );
  const isAdvanced = AdvancedEventSelectors.some(({ FieldSelectors = [] }) => {
    const equals = (field: string): readonly string[] => FieldSelectors.find(({ Field }) => Field === field)?.Equals ?? [];
    return equals('eventCategory').includes('Management') && !equals('readOnly').includes('true');
  });
  return isPlain || isAdvanced;
};
