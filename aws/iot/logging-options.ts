import { CloudWatchLogsClient, CreateLogGroupCommand, ResourceAlreadyExistsException } from '@aws-sdk/client-cloudwatch-logs';
import { GetV2LoggingOptionsCommand, IoTClient, LogLevel, SetV2LoggingOptionsCommand } from '@aws-sdk/client-iot';
import type { IotLoggingOptions } from '../../domain/audit/sources/account-settings.ts';

const levelOf = (text: string): LogLevel => Object.values(LogLevel).find((level) => level === text) ?? LogLevel.ERROR;

/** The logging options of AWS IoT in this account and region. */
export const createIotLoggingOptions = (client = new IoTClient(), logs = new CloudWatchLogsClient()): IotLoggingOptions => ({
  async read() {
    try {
      const { roleArn, defaultLogLevel: level, disableAllLogs } = await client.send(new GetV2LoggingOptionsCommand({}));
      if (roleArn === undefined || level === undefined) return undefined;
      return { roleArn, level, isOff: disableAllLogs === true || level === LogLevel.DISABLED };
    } catch (error) {
      if (error instanceof Error && error.name === 'NotConfiguredException') return undefined;
      throw error;
    }
  },
  async write({ roleArn, level, isOff }) {
    await client.send(new SetV2LoggingOptionsCommand({ roleArn, defaultLogLevel: levelOf(level), disableAllLogs: isOff }));
  },
  async ensureLogGroup(logGroupName) {
    try {
      await logs.send(new CreateLogGroupCommand({ logGroupName }));
    } catch (error) {
      if (!(error instanceof ResourceAlreadyExistsException)) throw error;
    }
  },
});
