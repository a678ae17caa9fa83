FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source

# What decides the restore comes first: a change of code alone keeps this layer.
COPY global.json Directory.Build.props Directory.Packages.props ./
COPY src/Directory.Build.props src/
COPY src/Onpoint.Measurement/Onpoint.Measurement.csproj src/Onpoint.Measurement/packages.lock.json src/Onpoint.Measurement/
COPY src/Onpoint.Charts/Onpoint.Charts.csproj src/Onpoint.Charts/packages.lock.json src/Onpoint.Charts/
COPY src/Onpoint.Web/Onpoint.Web.csproj src/Onpoint.Web/packages.lock.json src/Onpoint.Web/
RUN dotnet restore src/Onpoint.Web --locked-mode

COPY .editorconfig ./
COPY db-migrations/ db-migrations/
COPY sample-surveys/ sample-surveys/
COPY src/ src/
RUN dotnet publish src/Onpoint.Web --no-restore --configuration Release --output /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0

# Without a font a chart would have no text; time zones of districts are looked up in tzdata.
RUN apt-get update \
    && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends fonts-dejavu-core tzdata \
    && rm -rf /var/lib/apt/lists/*
COPY --from=build /app /app

# The user that the image brings for this purpose. The program writes nothing into the container.
USER $APP_UID
ENTRYPOINT ["dotnet", "/app/onpoint.dll"]
CMD ["serve"]
