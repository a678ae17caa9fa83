using System.CommandLine;
using Onpoint.Web.Features.Analysis;
using Onpoint.Web.Features.Demo;
using Onpoint.Web.Features.Imports;
using Onpoint.Web.Features.Norms;
using Onpoint.Web.Features.Scoring;
using Onpoint.Web.Platform;

RootCommand root = new("Onpoint: how far a school district's move to personalized learning has come, with the margin of every number.")
{
    DemoCommand.Create(),
    ServeCommand.Create(),
    MigrateCommand.Create(),
    ImportCommand.Create(),
    ScoreCommand.Create(),
    AnalyzeCommand.Create(),
    VerifyCommand.Create(),
    NormsCommand.Create(),
    CheckCommand.Create(),
};
return await root.Parse(args).InvokeAsync();
