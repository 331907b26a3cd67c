import type { CodeCatalogue } from '../core/problem';

/** What can go wrong where artifacts meet control planes. */
export const deploymentCodes: CodeCatalogue = {
  DEP001: {
    title: 'A site that is not there',
    explanation:
      '--site, --first and --site-lost name sites of the estate; --only leaves those of the other half out. A site that is first must be among those that are left, and one that is lost cannot be deployed to.',
    fix: 'Name a site of the estate, as its description does, and leave out options that contradict each other.',
  },
  DEP002: {
    title: 'A control plane that does not answer',
    explanation:
      'Before anything is changed every site is asked who it is. One that does not answer within seconds ends the deployment at once, since waiting would only hide it.',
    fix: 'Check the address, the network and the credentials; where the site is lost, deploy the others with --site-lost.',
  },
  DEP003: {
    title: 'Another cluster than the one meant',
    explanation:
      'Namespace kube-system of a cluster carries the label diptych/site with the identity that the description states. A kubeconfig whose context points elsewhere would otherwise put one site onto another.',
    fix: 'Correct the context in the kubeconfig, or label the cluster once: kubectl label namespace kube-system diptych/site=IDENTITY.',
  },
  DEP004: {
    title: 'Another account than the one meant',
    explanation: 'The credentials in use belong to an account of AWS that is not the one the site states.',
    fix: 'Use credentials of the account of the site.',
  },
  DEP005: {
    title: 'Another deployment is under way',
    explanation:
      'Two deployments of one estate would undo each other. Each holds a lock beside its artifacts and a Lease in every cluster; a lock whose process is known to be gone is taken over, and a Lease that stayed as it was for a minute of our own clock. In the cloud nothing of ours is locked across machines: CloudFormation itself refuses a second update of a stack while one is in progress, stack by stack.',
    fix: 'Wait until the other has ended. A Lease ends by itself a minute after its holder has gone.',
  },
  DEP006: {
    title: 'A step failed',
    explanation: 'A tool ended with an error; what it printed is kept in the log of the step. Every step before it is done and recorded.',
    fix: 'Read the log, mend the cause, and run the same command again: it goes on with this step.',
  },
  DEP007: {
    title: 'A tool that cannot be run',
    explanation: 'Deployment runs the real command lines of the CDK and of Terraform, which have to be installed.',
    fix: 'Install it: npm install --save-dev aws-cdk@2, or Terraform 1.11 or newer; or deploy on-prem with --on-prem-by apply.',
  },
  DEP008: {
    title: 'A context that the kubeconfig does not have',
    explanation:
      'A site on-prem names the context by which its cluster is reached; KUBECONFIG names the file. One that is not there or not valid has none.',
    fix: 'Set KUBECONFIG, mend the file, or add the context to your kubeconfig.',
  },
  DEP009: {
    title: 'Something protected would be destroyed',
    explanation:
      'Stacks with termination protection, balancers with deletion protection and namespaces of critical zones are not destroyed by a slip of the hand. Nor is what others put into a namespace that Diptych made: the cluster takes everything in it along, Secrets and all.',
    fix: 'Move out of its namespaces what is to stay, and run it with --unprotect where the site is really meant to end.',
  },
  DEP010: {
    title: 'Nobody to ask',
    explanation: 'Destroying asks first. Away from a terminal there is nobody to answer.',
    fix: 'Run it with --yes.',
  },
  DEP011: {
    title: 'A rollout that did not complete',
    explanation: 'The pods of a Deployment were not all ready in time. It is left as it is; nothing is replaced by surprise.',
    fix: 'See why its pods are not ready: kubectl describe; then run the same command again.',
  },
  DEP012: {
    title: 'A list of what may be unknown that cannot be read',
    explanation:
      '--accept-unknown names a JSON file with a list of types, such as AWS::EC2::TransitGatewayAttachment, or of types with a property.',
    fix: 'Correct the file.',
  },
  DEP013: {
    title: 'A request that the API refused',
    explanation: 'A control plane answered, and its answer was no: the credentials may not do this, or the object is not valid there.',
    fix: 'Read the reason it gives; grant the permission or correct the description.',
  },
  DEP014: {
    title: 'A namespace that leaves, and others live in',
    explanation:
      'A zone has left the description, and its namespace would go with everything in it. Terraform asks nobody, so that nothing of the stack is changed while somebody keeps something there, or while it cannot be told. A deployment by apply leaves such a namespace as it is instead.',
    fix: 'Move what is to stay, or take the namespace out of the state of Terraform: terraform state rm ADDRESS.',
  },
  DEP015: {
    title: 'Another estate lives there',
    explanation:
      'Namespaces are named as their zones, and inventories as the stacks of their site. Where one is live and its label app.kubernetes.io/part-of names another estate, deploying would take it over and remove what that estate has there, and destroying would destroy it. So would it in the cloud, where the template of a stack of the same name says that it is of another estate.',
    fix: 'Give each estate a cluster of its own, or sites and zones of other names, and in the cloud an account or a region of its own; where an estate was renamed, destroy it under its old name first, or set the label on its namespaces and on its inventories in kube-system.',
  },
  DEP016: {
    title: 'Something protected has left the description',
    explanation:
      'Zones have left the description, and in the cloud a stack of theirs is protected against its end, or a balancer is. Neither goes by itself: CloudFormation refuses the end of the stack, and leaves the balancer behind with the subnets that it stands in. So nothing is changed.',
    fix: 'If it is to go, lift its protection by the commands that are named, and deploy again; else put the zones back into the description.',
  },
  DEP017: {
    title: 'Zones that come and zones that go at once',
    explanation:
      'CloudFormation lets no stack lose a value that another one imports, nor import one that is not there. Zones that come are therefore deployed from the network up to the tiers, zones that go from the tiers down to the network, and no order of whole stacks does both.',
    fix: 'Deploy twice: first a description without the zones that go and without those that come, then the whole.',
  },
  DEP018: {
    title: 'Deployed by another tool',
    explanation:
      'Terraform destroys what is in its state, and a destruction by apply what is in the inventory in the cluster. One of them found nothing to destroy, although objects of the stack are live: something else deployed them.',
    fix: 'Destroy with the tool that deployed it: --on-prem-by terraform, or --on-prem-by apply.',
  },
  DEP019: {
    title: 'Artifacts that changed during a deployment',
    explanation:
      'A record names what was deployed by its digest. A synthesis that runs beside a deployment, and every command of the CDK that runs the app, writes the artifacts anew; what is deployed next would then be something that nobody had checked.',
    fix: 'Let no synthesis run beside it, and run the same command again: it deploys the artifacts that are there then.',
  },
  DEP020: {
    title: 'A deployment that can no longer be recorded',
    explanation:
      'What is about to happen is recorded before it happens. Where the disk is full, or the folder may no longer be written to, the steps under way are ended as by Ctrl-C, and the locks are given back after them.',
    fix: 'Make room, and run the same command again: what is not known to be done is done again.',
  },
};
