import { CfnTopic } from 'aws-cdk-lib/aws-sns';
import { App, Stack } from 'aws-cdk-lib/core';
import { planDescription } from 'diptych';
import { addCloudSite } from 'diptych/aws';
import { estate } from '../meridian/estate';

/** One site's stacks in an app that a firm has already, beside stacks of its own. */
const app = new App();
const reporting = new Stack(app, 'reporting', { env: { account: '111122223333', region: 'eu-west-1' } });
new CfnTopic(reporting, 'TradeReports');

const [network] = addCloudSite(app, planDescription(estate), 'dublin');
if (network) reporting.addStackDependency(network);
