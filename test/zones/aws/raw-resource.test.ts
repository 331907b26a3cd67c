import { Template } from 'aws-cdk-lib/assertions';
import {
  CfnNetworkAclEntry,
  CfnSecurityGroupEgress,
  CfnSecurityGroupIngress,
  CfnSubnetNetworkAclAssociation,
  CfnSubnetRouteTableAssociation,
} from 'aws-cdk-lib/aws-ec2';
import { App, type CfnResource, Fn, Stack } from 'aws-cdk-lib/core';
import { describe, expect, it } from 'vitest';
import { rawGetAtt, rawImportValue, rawRef, rawResource } from '../../../lib/zones/aws/raw-resource';

/** The resources of a stack's template, as JSON. */
function templateOf(make: (stack: Stack) => void): string {
  const stack = new Stack(new App(), 'stack');
  make(stack);
  return JSON.stringify(Template.fromStack(stack).toJSON().Resources);
}

const entry = { ruleNumber: 1, ruleAction: 'allow', egress: false, protocol: 6, cidrBlock: '10.0.0.0/8', portRange: { from: 1, to: 2 } };
const rule = { ipProtocol: 'tcp', fromPort: 443, toPort: 443, description: 'one' };

describe('rawResource', () => {
  it('emits the same template as the L1 construct, including the order of properties', () => {
    const plain = templateOf((stack) => {
      const acl = rawResource(stack, 'entry', CfnNetworkAclEntry, { ...entry, networkAclId: rawImportValue('acl') });
      rawResource(stack, 'walled', CfnSubnetNetworkAclAssociation, { subnetId: rawRef(acl), networkAclId: 'acl' });
      rawResource(stack, 'routed', CfnSubnetRouteTableAssociation, { subnetId: 'subnet', routeTableId: rawGetAtt(acl, 'Id') });
      rawResource(stack, 'in', CfnSecurityGroupIngress, { ...rule, groupId: 'group', sourceSecurityGroupId: rawImportValue('peer') });
      rawResource(stack, 'out', CfnSecurityGroupEgress, { ...rule, groupId: 'group', destinationPrefixListId: 'list' });
    });
    const constructed = templateOf((stack) => {
      const acl: CfnResource = new CfnNetworkAclEntry(stack, 'entry', { ...entry, networkAclId: Fn.importValue('acl') });
      new CfnSubnetNetworkAclAssociation(stack, 'walled', { subnetId: (acl as CfnNetworkAclEntry).ref, networkAclId: 'acl' });
      new CfnSubnetRouteTableAssociation(stack, 'routed', { subnetId: 'subnet', routeTableId: acl.getAtt('Id').toString() });
      new CfnSecurityGroupIngress(stack, 'in', { ...rule, groupId: 'group', sourceSecurityGroupId: Fn.importValue('peer') });
      new CfnSecurityGroupEgress(stack, 'out', { ...rule, groupId: 'group', destinationPrefixListId: 'list' });
    });
    expect(plain).toBe(constructed);
  });
});
