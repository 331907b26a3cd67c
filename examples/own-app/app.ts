import { CfnTopic } from 'aws-cdk-lib/aws-sns';
import { App, Stack } from 'aws-cdk-lib/core';
import { planDescription } from 'diptych';
import { addCloudSite } from 'diptych/aws';
import { estate } from '../meridian/estate';

/** An existing CDK app with its own stack, to which the stacks of one site are added. */
const app = new App();
const reporting = new Stack(app, 'reporting', { env: { account: '111122223333', region: 'eu-west-1' } });
new CfnTopic(reporting, 'TradeReports');

const [network] = addCloudSite(app, planDescription(estate), 'dublin');
if (network) reporting.addStackDependency(network);
