import type { Account } from '../../account.ts';
import type { ApiService } from '../../gateway/api-service.ts';
import { restJsonService } from '../../gateway/rest-json.ts';
import type { RestJsonOperation } from '../../gateway/rest-json.ts';
import type { AccessControl } from '../../iam/access/access-control.ts';
import { guardRestOperations } from '../../iam/access/guard-operations.ts';
import type { BrokerCore } from '../broker/core.ts';
import { dataPlaneAuthorization } from './authorization.ts';
import { deleteConnection } from './delete-connection.ts';
import { getConnection } from './get-connection.ts';
import { publishByApi } from './publish-by-api.ts';
import { getRetainedMessage, listRetainedMessages } from './retained-messages.ts';

export interface MessageApiOptions {
  readonly account: Account;
  readonly access?: AccessControl | undefined;
}

const operationsOf = (core: BrokerCore): Readonly<Record<string, RestJsonOperation>> => ({
  DeleteConnection: deleteConnection(core),
  GetConnection: getConnection(core),
  GetRetainedMessage: getRetainedMessage(core),
  ListRetainedMessages: listRetainedMessages(core),
});

/** AWS IoT's data plane for callers with credentials of IAM; devices have the broker. */
export const createMessageApi = (core: BrokerCore, { account, access }: MessageApiOptions): ApiService => {
  const guarded = guardRestOperations(operationsOf(core), { access, authorization: dataPlaneAuthorization(account) });
  // DG:mqtt names the first signing name, the SDK's clients use the second.
  return restJsonService({
    signingNames: ['iotdevicegateway', 'iotdata'],
    operations: { ...guarded, Publish: publishByApi(core) },
  });
};
