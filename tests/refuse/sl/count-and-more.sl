$ ScenarioWizard 3.0
Solution set
 2 3
