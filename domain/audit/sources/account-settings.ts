/** The types under which what Muster does to account-wide settings stands in a template. */
export const IOT_LOGGING_TYPE = 'Custom::MusterIotLogging';
export const ACCOUNT_TRAIL_TYPE = 'Custom::MusterAccountTrail';

/** How an account has AWS IoT log. */
export interface IotLogging {
  readonly roleArn: string;
  /** E.g. `ERROR`. */
  readonly level: string;
  readonly isOff: boolean;
}

/** The logging options of AWS IoT, which an account and region has once. */
export interface IotLoggingOptions {
  /** Undefined while nobody has ever set them: then there is nothing to go back to but to switch them off. */
  read(): Promise<IotLogging | undefined>;
  write(logging: IotLogging): Promise<void>;
  /** Makes the log group unless it is there. */
  ensureLogGroup(name: string): Promise<void>;
}

/** The trails of CloudTrail that see an account and region. */
export interface AccountTrails {
  /** Names of those that log calls which change something. */
  logging(): Promise<readonly string[]>;
  /** Makes a trail and has it log, or has one of that name log again. */
  start(trail: { readonly name: string; readonly bucketName: string }): Promise<void>;
  /** Succeeds when there is none. */
  remove(name: string): Promise<void>;
}
