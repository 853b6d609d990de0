/** Where AWS IoT writes its own log, unless the account's options say otherwise (DG:configure-logging). */
export const IOT_LOG_GROUP = 'AWSIotLogsV2';
