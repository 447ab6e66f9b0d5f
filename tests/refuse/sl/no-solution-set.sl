$ ScenarioWizard 3.0
 2 
