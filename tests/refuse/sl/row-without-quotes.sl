$ ScenarioWizard 3.0
Solution set
 1 

1 2,0,0,0,1,""
