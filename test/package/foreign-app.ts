// A CDK app that knows nothing of this project: what anybody might deploy.
import { App, CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { CfnPolicy, CfnThing } from 'aws-cdk-lib/aws-iot';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Queue } from 'aws-cdk-lib/aws-sqs';

const stack = new Stack(new App(), 'Greenhouse');
const table = new Table(stack, 'Readings', { partitionKey: { name: 'pk', type: AttributeType.STRING } });
const queue = new Queue(stack, 'Alarms', { visibilityTimeout: Duration.seconds(30) });
new CfnThing(stack, 'Sensor', { thingName: 'greenhouse-sensor' });
new CfnPolicy(stack, 'SensorPolicy', {
  policyName: 'greenhouse-sensor',
  policyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'iot:Connect', Resource: '*' }] },
});
const reader = new Function(stack, 'Reader', {
  runtime: Runtime.NODEJS_22_X,
  handler: 'index.handler',
  code: Code.fromInline('exports.handler = async (event) => ({ table: process.env.TABLE, celsius: event.celsius });'),
  environment: { TABLE: table.tableName },
});
table.grantReadData(reader);
new CfnOutput(stack, 'ReaderName', { value: reader.functionName });
new CfnOutput(stack, 'QueueUrl', { value: queue.queueUrl });
