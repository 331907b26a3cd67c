import { type CodeCatalogue, problemOf } from '../core/problem';

/** What can go wrong while artifacts are deployed, destroyed or compared with live resources. */
export const deploymentCodes = {
  DEP001: {
    title: 'Unknown site',
    explanation: '--site, --first and --site-lost must name sites of the estate, and --only must leave at least one of them.',
    fix: 'Use the id of a site as it is written in the description.',
  },
  DEP002: {
    title: 'Control plane does not answer',
    explanation:
      'Diptych checks the identity of every site before it changes anything. A site that does not answer within seconds ends the command at once.',
    fix: 'Check the address, the network and the credentials. If a site is lost, deploy the others with --site-lost.',
  },
  DEP003: {
    title: 'Wrong cluster',
    explanation:
      'Namespace kube-system of a cluster must have the label diptych/site with the identity that the description states. This prevents a kubeconfig context from deploying one site to the cluster of another.',
    fix: 'Correct the context in the kubeconfig, or label the cluster once: kubectl label namespace kube-system diptych/site=IDENTITY.',
  },
  DEP004: {
    title: 'Wrong AWS account',
    explanation: 'The current credentials belong to another AWS account than the one that the site states.',
    fix: 'Use credentials of the account of the site.',
  },
  DEP005: {
    title: 'Another run is in progress',
    explanation:
      'Two runs for one estate would undo the work of each other. A run therefore holds a lock file beside the artifacts and a Lease in every cluster. A lock whose process has ended is taken over, and so is a Lease that has not been renewed for a minute. AWS has no lock across machines: CloudFormation itself rejects a second update of a stack while one is in progress.',
    fix: 'Wait until the other run has ended. A Lease expires one minute after its holder has ended.',
  },
  DEP006: {
    title: 'Terraform failed',
    explanation:
      'A Terraform command ended with an error. Its output is in the log of the step. All steps before it are done and recorded.',
    fix: 'Read the log, correct the cause, and run the same command again: it resumes at this step.',
  },
  DEP007: {
    title: 'Tool not installed',
    explanation: 'Diptych runs the CDK command line for AWS sites and Terraform for on-prem sites. Both must be installed.',
    fix: 'Install the CDK with npm install --save-dev aws-cdk@2, or Terraform 1.11 or newer; or use --on-prem-by apply, which needs no Terraform.',
  },
  DEP008: {
    title: 'Unusable kubeconfig',
    explanation:
      'An on-prem site names the kubeconfig context of its cluster. The file named by KUBECONFIG must be readable, must have that context, and the cluster of the context must have a server address.',
    fix: 'Set KUBECONFIG, correct the file, or add the context to it.',
  },
  DEP009: {
    title: 'Protected resource would be destroyed',
    explanation:
      'Stacks with termination protection, load balancers with deletion protection and namespaces of critical zones are not destroyed by default. The same holds for objects in our namespaces that Diptych did not create, such as Secrets: deleting a namespace deletes everything in it.',
    fix: 'Move what must stay out of the namespaces, and run the command with --unprotect to destroy the rest.',
  },
  DEP010: {
    title: 'Confirmation needs a terminal',
    explanation: '`diptych destroy` asks for confirmation. Without a terminal nobody can answer.',
    fix: 'Run it with --yes.',
  },
  DEP011: {
    title: 'Rollout not complete',
    explanation:
      'The pods of a Deployment were not all available before its progress deadline. The Deployment is left as it is; nothing is rolled back or replaced.',
    fix: 'Find out why its pods are not ready with kubectl describe, then run the same command again.',
  },
  DEP012: {
    title: 'Unreadable list of accepted unknowns',
    explanation:
      '--accept-unknown names a JSON file with a list of resource types, such as AWS::EC2::TransitGatewayAttachment, or of types with a property.',
    fix: 'Correct the file.',
  },
  DEP013: {
    title: 'Request rejected',
    explanation: 'A control plane rejected a request: the credentials lack a permission, or the object is not valid there.',
    fix: 'Read the reason in the message; grant the permission or correct the description.',
  },
  DEP014: {
    title: 'Removed namespace still in use',
    explanation:
      'A zone was removed from the description, so Terraform would delete its namespace with everything in it. The stack is not changed while the namespace contains objects that Diptych did not create, or while they cannot be listed. With --on-prem-by apply the namespace is kept instead.',
    fix: 'Move the objects, or remove the namespace from the Terraform state: terraform state rm ADDRESS.',
  },
  DEP015: {
    title: 'Name used by another estate',
    explanation:
      'A live namespace, inventory or CloudFormation stack has a name that this estate uses, but belongs to another estate: its label app.kubernetes.io/part-of, or the description in its template, names that one. Deploying would take it over, and destroying would destroy it.',
    fix: 'Give each estate its own cluster, account or region, or use other site and zone names. If the estate was renamed, destroy it under its old name first, or change the label on its namespaces and on its inventories in kube-system.',
  },
  DEP016: {
    title: 'Removed resource is protected',
    explanation:
      'Zones were removed from the description, but one of their CloudFormation stacks has termination protection or one of their load balancers has deletion protection. CloudFormation would not delete the stack, and would leave the load balancer behind in its subnets. Nothing is changed.',
    fix: 'To remove it, disable the protection with the commands in the message and deploy again; otherwise restore the zones in the description.',
  },
  DEP017: {
    title: 'Zones added and removed at once',
    explanation:
      'CloudFormation neither removes an export that another stack imports nor accepts an import of a missing export. Added zones are deployed from the network up to the tiers, and removed zones from the tiers down to the network. No order of whole stacks does both.',
    fix: 'Deploy twice: first a description without the removed and without the added zones, then the complete one.',
  },
  DEP018: {
    title: 'Deployed by another tool',
    explanation:
      'Terraform destroys what is in its state, and apply what is in the inventory in the cluster. The chosen tool found nothing to destroy, but objects of the stack exist.',
    fix: 'Destroy with the tool that deployed it: --on-prem-by terraform or --on-prem-by apply.',
  },
  DEP019: {
    title: 'Artifacts changed during a run',
    explanation:
      'The record of a run names the artifacts by their digest. A synthesis at the same time, including any cdk command that runs the app, writes the artifacts again, and the rest of the run would use files that were never checked.',
    fix: 'Do not run a synthesis at the same time, and run the same command again: it uses the current artifacts.',
  },
  DEP020: {
    title: 'Record cannot be written',
    explanation:
      'Every action is recorded before it happens. If the disk is full or the folder is read-only, the running steps are cancelled as by Ctrl-C, and the locks are released afterwards.',
    fix: 'Make room, and run the same command again: steps that are not recorded as done run again.',
  },
  DEP021: {
    title: 'CDK failed',
    explanation: '`cdk deploy` or `cdk destroy` ended with an error. Its output is in the log of the step.',
    fix: 'Read the log, correct the cause, and run the same command again: it resumes at this step.',
  },
  DEP022: {
    title: 'CDK preview failed',
    explanation: '`deploy --plan` runs `cdk diff` for every AWS stack, and one of them ended with an error. Nothing was changed.',
    fix: 'Run cdk diff for the stack to see its whole output.',
  },
  DEP023: {
    title: 'Custom resource definition not served',
    explanation:
      'A CustomResourceDefinition was applied, but the API server did not serve its kind in time, for example because another definition uses the same names.',
    fix: 'Correct what the conditions of the definition report, and run the same command again.',
  },
  DEP024: {
    title: 'Object not deleted in time',
    explanation: 'An object was deleted but still exists, usually because of a finalizer, or because its namespace is not empty.',
    fix: 'Read its conditions and finalizers with kubectl get --output=yaml, correct the cause, and run the same command again.',
  },
  DEP025: {
    title: 'Stack not deleted',
    explanation: 'CloudFormation could not delete a stack whose zones were removed from the description.',
    fix: 'Read the events of the stack in CloudFormation, correct the cause, and run the same command again.',
  },
  DEP026: {
    title: 'Step ended by a failed request',
    explanation: 'A request to a control plane failed in the middle of a step. All steps before it are done and recorded.',
    fix: 'Read the log of the step, correct the cause, and run the same command again: it resumes at this step.',
  },
  DEP027: {
    title: 'Lease lost',
    explanation:
      'The Lease of a cluster could not be renewed in time, or another run took it. The steps in progress are cancelled, because another run may now change the cluster.',
    fix: 'Wait until the other run has ended, and run the same command again: it resumes where this run ended.',
  },
  DEP028: {
    title: 'Processes of an earlier run still exist',
    explanation: 'A run that was killed leaves its tools a minute to end. One of them is still running and may still change the estate.',
    fix: 'Find the processes with the ps command in the message, end them, and run the same command again.',
  },
  DEP029: {
    title: 'Contradictory options',
    explanation:
      'The options leave no site to work on, or --first names a site that the others leave out, or a site is both named and lost.',
    fix: 'Remove one of the options that contradict each other.',
  },
  DEP030: {
    title: 'No kubeconfig',
    explanation:
      'On-prem sites are reached with a kubeconfig, as with kubectl: the files that KUBECONFIG names, else those of KUBE_CONFIG_PATHS or KUBE_CONFIG_PATH, else ~/.kube/config. None of them exists, so nothing is known about the sites.',
    fix: 'Set KUBECONFIG to the kubeconfig that you use with kubectl, or leave the on-prem sites out with --only cloud.',
  },
  DEP031: {
    title: 'No AWS credentials',
    explanation:
      'Cloud sites are reached with the credentials of the AWS command line: environment variables, a profile, single sign-on or the role of the machine. None of them has valid credentials, so nothing is known about the sites.',
    fix: 'Log in, for example with aws sso login, or set AWS_PROFILE, and check with aws sts get-caller-identity.',
  },
} satisfies CodeCatalogue;

/** Builds a problem with a code of this catalogue. */
export const deploymentProblem = problemOf(deploymentCodes);
