/** There is no deployment of Muster where one was looked for. */
export class DeploymentNotFoundError extends Error {
  override readonly name = 'DeploymentNotFoundError';
  readonly code = 'ERR_DEPLOYMENT_NOT_FOUND';

  constructor(stackName: string, why: string, cause?: Error) {
    super(`The stack "${stackName}" is not usable: ${why}. Run "cdk deploy" with the same prefix, account and region first.`, { cause });
  }
}
